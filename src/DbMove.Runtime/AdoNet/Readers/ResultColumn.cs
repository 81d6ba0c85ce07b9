using System.Diagnostics.CodeAnalysis;

namespace DbMove.AdoNet.Readers;

/// <summary>A column of a buffered result.</summary>
internal sealed class ResultColumn(string name, string typeName, [DynamicallyAccessedMembers(ResultColumn.Members)] Type type)
{
    /// <summary>What <see cref="System.Data.Common.DbDataReader.GetFieldType"/> asks for.</summary>
    public const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    public string Name { get; } = name;

    public string TypeName { get; } = typeName;

    [DynamicallyAccessedMembers(Members)]
    public Type Type { get; } = type;
}
