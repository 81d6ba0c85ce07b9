using DbMove.Generators.Model;
using DbMove.Roslyn;

namespace DbMove.Generators.Emission;

/// <summary>Expressions of a <c>[Sql]</c> method's body.</summary>
internal static class MethodExpressions
{
    /// <summary>The runtime's member that runs the statement.</summary>
    public static string Call(MethodModel method) => method switch
    {
        { Row: null } => "CountAsync",
        { Wrapper: "IAsyncEnumerable" } => "StreamAsync",
        { IsList: true } => "ListAsync",
        { IsNullable: false } => "SingleAsync",
        { Row.IsEntity: true, Entity.IsStruct: true } => "SingleOrNullAsync",
        _ => "SingleOrDefaultAsync",
    };

    /// <summary>An argument as it is bound.</summary>
    public static string Argument(EntityModel entity, MethodParameterModel parameter, string local)
    {
        ColumnModel column = parameter.Column!;
        if (parameter.Binding == MethodBinding.AsStored || (column.Storage is null && parameter.Binding != MethodBinding.Widened))
        {
            return parameter.Identifier;
        }

        return parameter.CanBeNull
            ? $"{parameter.Identifier} is {{ }} {local} ? (object?){Bound(local)} : null"
            : Bound(parameter.Identifier);

        string Bound(string value) => parameter.Binding == MethodBinding.Widened ? $"({column.TypeName}){value}" : ColumnText.Stored(entity, column, value);
    }

    /// <summary>What reads a row.</summary>
    public static void EmitReader(SourceWriter writer, MethodModel method, MethodRowModel row, EntityModel entity)
    {
        string head = $"    static {method.Element} (global::DbMove.Mapping.SqlRow reader) =>";
        if (!row.IsRecord)
        {
            writer.Line($"{head} {ColumnText.Read(entity, row.Fields[0].Column, 0)},");
            return;
        }

        string[] reads = [.. row.Fields.Select((field, position) => ColumnText.Read(entity, field.Column, position))];
        bool isSet = row.ConstructorArguments < reads.Length;
        writer.Line($"{head} new {row.Type}{(row.ConstructorArguments > 0 ? "(" : "")}");
        for (int position = 0; position < row.ConstructorArguments; position++)
        {
            writer.Line($"        {row.Fields[position].Identifier}: {reads[position]}{(position < row.ConstructorArguments - 1 ? "," : isSet ? ")" : "),")}");
        }

        if (isSet)
        {
            writer.Line("    {");
            for (int position = row.ConstructorArguments; position < reads.Length; position++)
            {
                writer.Line($"        {row.Fields[position].Identifier} = {reads[position]},");
            }

            writer.Line("    },");
        }
    }
}
