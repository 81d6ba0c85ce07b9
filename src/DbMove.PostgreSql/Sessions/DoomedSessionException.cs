namespace DbMove.PostgreSql.Sessions;

/// <summary>The transaction had an error before: nothing but a rollback is sent any more.</summary>
internal sealed class DoomedSessionException : InvalidOperationException
{
    public DoomedSessionException()
        : base("An earlier error ended this transaction. Roll it back: nothing more is sent in it, and it cannot be committed.")
    {
    }

    public DoomedSessionException(string message)
        : base(message)
    {
    }

    public DoomedSessionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
