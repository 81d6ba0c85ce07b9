namespace DbMove.Roslyn;

/// <summary>Why nothing can be generated for an entity; each kind is one rule of the analyzers.</summary>
internal enum ProblemKind
{
    NotPartial,
    NoKey,
    UnsupportedType,
    DuplicateColumn,
    Inaccessible,
    GenericOrFileLocal,
    Nested,
    BaseClass,
    UnsupportedKind,
    InvalidKey,
    NameTaken,
    InvalidCursor,
    InvalidStorage,
    InvalidSide,
    LanguageTooOld,
    InvalidToken,
    InvalidComparison,
    InvalidComparer,
}
