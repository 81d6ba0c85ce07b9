using DbMove.Dialects;

namespace DbMove.AdoNet.Recognition;

/// <summary>A function as a caller calls it.</summary>
/// <param name="Schema">The schema, or null.</param>
/// <param name="Name">The function.</param>
/// <param name="IsLocalSetting">Whether it is given a setting of the caller's own (<c>app.user</c>) until the end of the transaction.</param>
internal sealed record SqlCall(SqlName? Schema, SqlName Name, bool IsLocalSetting)
{
    /// <summary>Whether it is known to write no row.</summary>
    public bool IsHarmless(SqlLexicon lexicon, ISet<string> vouchedFor) =>
        lexicon.HarmlessFunctions is not { } harmless
        || IsLocalSetting
        || (IsOfEngine(lexicon) && harmless.Contains(Name.Fold(lexicon)))
        || vouchedFor.Contains(Name.Text)
        || (Schema is { } schema && vouchedFor.Contains(schema.Text + "." + Name.Text));

    /// <summary>Whether it changes the connection that it is called on.</summary>
    public bool ChangesConnection(SqlLexicon lexicon) => IsOfEngine(lexicon) && lexicon.ConnectionFunctions.Contains(Name.Fold(lexicon)) && !IsLocalSetting;

    private bool IsOfEngine(SqlLexicon lexicon) => Schema is null || Schema.Value.Fold(lexicon) == "pg_catalog";
}
