"""Splits a message as agents write it: Rasa's own tokenizer glues "10:" and "Popescu's" and drops punctuation that means something."""

from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from components.folding import fold, pieces


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class AgentTokenizer(Tokenizer):
    """Gives tokens with their offsets, and the folded word as lemma."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Give what Rasa's tokenizers expect to find."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def not_supported_languages() -> Optional[List[str]]:
        """Every language that parts its words."""
        return ["zh", "ja", "th"]

    def tokenize(self, message: Message, attribute: str) -> List[Token]:
        """Tokenize one attribute; a text without any token is one token, since Rasa wants at least one."""
        text = message.get(attribute)
        tokens = [Token(word, start, lemma=fold(word)) for word, start in pieces(text)]
        return tokens or [Token(text, 0, lemma=text)]
