namespace DbMove.Schema;

/// <summary>What the schema check found, one sentence each: what, where, the remedy.</summary>
internal sealed class SchemaFindings
{
    private readonly List<string> _refusals = [];
    private readonly List<string> _warnings = [];

    /// <summary>Why the migration cannot start.</summary>
    public IReadOnlyList<string> Refusals => _refusals;

    /// <summary>What an operator should know, though the migration can start.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public void Refuse(string sentence) => _refusals.Add(Sentence(sentence));

    public void Warn(string sentence) => _warnings.Add(Sentence(sentence));

    // A dialect's reason may end without a full stop, and findings are read one after the other.
    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
