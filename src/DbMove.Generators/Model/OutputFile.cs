namespace DbMove.Generators.Model;

/// <summary>One generated file.</summary>
internal sealed record OutputFile(string HintName, string Text);
