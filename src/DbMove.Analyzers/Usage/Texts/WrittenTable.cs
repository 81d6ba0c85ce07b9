namespace DbMove.Analyzers.Usage.Texts;

/// <summary>A table that a text writes.</summary>
/// <param name="Verb">How: <c>INSERT</c>, <c>UPDATE</c>, <c>DELETE</c>, <c>MERGE</c>, <c>REPLACE</c>, <c>TRUNCATE</c>, <c>COPY</c> or <c>LOAD</c>.</param>
/// <param name="Schema">The schema without quotes; null: none, or one that the text does not tell.</param>
/// <param name="Name">The table without quotes.</param>
internal readonly record struct WrittenTable(string Verb, string? Schema, string Name);
