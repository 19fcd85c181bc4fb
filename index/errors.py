"""The error tree: every error that a user can cause is a `BylineError`, whose text is one sentence with the way out."""


class BylineError(Exception):
    """Base of all errors that Byline raises on purpose; `str(error)` is one sentence fit to be shown to a user."""


class SourceError(BylineError):
    """A file or folder of articles cannot be read."""


class FormatError(SourceError):
    """A file is of a format that is read by a library that is not installed."""


class StoreError(BylineError):
    """A store is missing, busy, damaged, or was made by another embedder."""


class DamageError(StoreError):
    """A store is damaged, which the next run of indexing mends."""


class ModelError(BylineError):
    """A model file is missing, or is not the file that it should be."""


class QuestionError(BylineError):
    """A question, its history or a line of a batch cannot be used."""


class SettingError(BylineError):
    """A setting is unknown or has a value that it cannot have."""


class ExtraError(BylineError):
    """A library that only one command needs is not installed."""


class WritingError(BylineError):
    """A language model did not write an answer. What is quoted from the articles is shown instead."""
