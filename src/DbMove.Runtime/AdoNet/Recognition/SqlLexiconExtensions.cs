using DbMove.Dialects;
using DbMove.Sql;

namespace DbMove.AdoNet.Recognition;

/// <summary>What an engine makes of the tokens, names and calls of a text.</summary>
internal static class SqlLexiconExtensions
{
    extension(SqlLexicon lexicon)
    {
        /// <summary>How the engine cuts a text.</summary>
        public TokenRules TokenRules => new()
        {
            NestsComments = lexicon.NestsComments,
            EndsCommentsAtReturn = lexicon.EndsCommentsAtReturn,
            HasDollarQuotes = lexicon.HasDollarQuotes,
            HasEscapeStrings = lexicon.HasEscapeStrings,
            HasBracketNames = lexicon.HasBracketNames,
            HasBacktickNames = lexicon.HasBacktickNames,
        };
    }

    extension(SqlName name)
    {
        /// <summary>The name as the engine folds it.</summary>
        public string Fold(SqlLexicon lexicon) => lexicon.FoldsNames && name.IsQuoted ? name.Text : name.Text.ToLowerInvariant();

        /// <summary>Whether the engine takes it for the name in the catalogue.</summary>
        public bool Is(string catalogued, SqlLexicon lexicon) => lexicon.FoldsNames
            ? string.Equals(name.Fold(lexicon), catalogued, StringComparison.Ordinal)
            : string.Equals(name.Text, catalogued, StringComparison.OrdinalIgnoreCase);
    }

    extension(SqlTable table)
    {
        /// <summary>Whether the engine takes it for the table in the catalogue. Without a schema it is the one that the search path finds.</summary>
        public bool Is(TableSchema catalogued, SqlLexicon lexicon) =>
            table.Name.Is(catalogued.Name.Name, lexicon) && (table.Schema is { } schema ? schema.Is(catalogued.Name.Schema ?? "main", lexicon) : catalogued.IsFoundByName);
    }

    extension(SqlCall call)
    {
        /// <summary>Whether it is known to write no row.</summary>
        public bool IsHarmless(SqlLexicon lexicon, ISet<string> vouchedFor) =>
            lexicon.HarmlessFunctions is not { } harmless
            || call.IsLocalSetting
            || (IsOfEngine(call, lexicon) && harmless.Contains(call.Name.Fold(lexicon)))
            || vouchedFor.Contains(call.Name.Text)
            || (call.Schema is { } schema && vouchedFor.Contains(schema.Text + "." + call.Name.Text));

        /// <summary>Whether it changes the connection that it is called on.</summary>
        public bool ChangesConnection(SqlLexicon lexicon) => IsOfEngine(call, lexicon) && lexicon.ConnectionFunctions.Contains(call.Name.Fold(lexicon)) && !call.IsLocalSetting;
    }

    private static bool IsOfEngine(SqlCall call, SqlLexicon lexicon) => call.Schema is null || call.Schema.Value.Fold(lexicon) == "pg_catalog";
}
