"""Reports: each is one file that gives a title, parameters, columns with types, groups, totals and a chart."""
