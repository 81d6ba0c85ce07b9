namespace DbMove.Generators.Model;

/// <summary>The <c>[Sql]</c> methods of one repository.</summary>
internal sealed record MethodFileModel(EquatableArray<MethodModel> Methods);
