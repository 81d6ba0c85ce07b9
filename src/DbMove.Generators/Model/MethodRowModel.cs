namespace DbMove.Generators.Model;

/// <summary>What a row of a <c>[Sql]</c> method's result becomes.</summary>
/// <param name="Type">The type without nullable wrapper or annotation, fully qualified.</param>
/// <param name="IsEntity">Whether it is the repository's entity.</param>
/// <param name="IsRecord">Whether the fields are members of a record, rather than the one value.</param>
/// <param name="ConstructorArguments">How many of the fields the constructor takes.</param>
/// <param name="Fields">What is read.</param>
internal sealed record MethodRowModel(string Type, bool IsEntity, bool IsRecord, int ConstructorArguments, EquatableArray<MethodFieldModel> Fields);
