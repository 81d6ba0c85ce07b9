namespace DbMove.Generators.Tests.Usage.Corpus;

/// <summary>One case: what stands in its class and in its method.</summary>
/// <param name="Body">The statements.</param>
/// <param name="Members">Members of its class.</param>
/// <param name="Elsewhere">Members of a class in another file, called <c>Texts{number}</c>.</param>
/// <param name="Shape">How its text is made; empty where there is none.</param>
internal sealed record CorpusMethod(string Body, string Members = "", string Elsewhere = "", string Shape = "");
