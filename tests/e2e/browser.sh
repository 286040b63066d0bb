#!/bin/sh
# The browser tests drive the system's Chromium. Where there is none and it can be had without asking, it is installed;
# elsewhere those tests say that they are skipped.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 && exit 0
fi
echo "No Chromium here (apt install chromium): the browser tests are skipped."
