using DbMove.Generators.Model;
using DbMove.Roslyn;

namespace DbMove.Generators.Emission;

/// <summary>The bodies of a repository's <c>[Sql]</c> methods: constant texts, typed parameters, typed reads.</summary>
internal static class MethodEmitter
{
    private const string Mapping = "global::DbMove.Mapping";
    private const string Statements = "DbMoveStatements";

    public static OutputFile Emit(MethodFileModel file)
    {
        MethodModel first = file.Methods[0];
        SourceWriter writer = SourceWriter.ForFile(first.Scope);
        writer.Open($"partial class {first.Repository}");
        string[] names = StatementNames(file.Methods);
        for (int index = 0; index < file.Methods.Count; index++)
        {
            if (index > 0)
            {
                writer.Line();
            }

            EmitMethod(writer, file.Methods[index], names[index]);
        }

        if (file.Methods.Any(static method => method.Entity is not null))
        {
            writer.Line();
            EmitStatements(writer, file.Methods, names);
        }

        writer.Close();
        EmitContract(writer, file.Methods);
        return writer.ToFile(first.HintPrefix + ".Sql.g.cs");
    }

    /// <summary>The methods of the repository's interface, and those of the in-memory repository, which a test overrides.</summary>
    private static void EmitContract(SourceWriter writer, EquatableArray<MethodModel> methods)
    {
        MethodModel[] seen = [.. methods.Where(static method => method.Contract is not null)];
        if (seen.Length == 0)
        {
            return;
        }

        MethodModel first = seen[0];
        MethodModel[] shown = [.. seen.Where(static method => method.Contract!.Interface is not null)];
        if (shown.Length > 0)
        {
            EmitMembers(
                writer, shown, $"partial interface {shown[0].Contract!.Interface}",
                method => $"/// <summary>{method.Name}: see <see cref=\"{first.Scope.Qualify(first.Repository)}\"/>.</summary>",
                method => $"{method.ReturnType} {method.Identifier}({Parameters(method, withDefaults: true)});");
        }

        if (first.Contract!.InMemory is { } memory)
        {
            EmitMembers(
                writer, seen, $"partial class {memory}",
                static method => $"/// <summary>{method.Name}: to be overridden; nothing in memory runs SQL.</summary>",
                method => $"public virtual {method.ReturnType} {method.Identifier}({Parameters(method, withDefaults: true)}) => throw {Mapping}.SqlMethod.RunsNoSql({ColumnText.Literal(method.Name)});");
        }
    }

    private static void EmitMembers(SourceWriter writer, MethodModel[] methods, string type, Func<MethodModel, string> comment, Func<MethodModel, string> member)
    {
        writer.Line();
        writer.Open(type);
        for (int index = 0; index < methods.Length; index++)
        {
            if (index > 0)
            {
                writer.Line();
            }

            writer.Line(comment(methods[index]));
            writer.Line(member(methods[index]));
        }

        writer.Close();
    }

    private static string Parameters(MethodModel method, bool withDefaults) => string.Join(
        ", ", method.Parameters.Select(parameter => $"{parameter.Type} {parameter.Identifier}{(withDefaults && parameter.Default is { } value ? " = " + value : "")}"));

    private static void EmitMethod(SourceWriter writer, MethodModel method, string statement)
    {
        if (!method.IsDocumented)
        {
            writer.Line("/// <summary>Runs the statement of its <see cref=\"global::DbMove.SqlAttribute\"/>.</summary>");
        }

        // Without the attribute on generated code: it would be the user's part's too, where no analyzer would look any more.
        string parameters = Parameters(method, withDefaults: false);
        if (method.Entity is not { } entity)
        {
            // An error says why; it is here so that the compiler does not say less.
            writer.Line($"{method.Head}({parameters}) =>");
            writer.Line("    throw new global::DbMove.MigrationConfigurationException(\"An error (DBM1xxx) of the method, its repository or its entity was suppressed, so the method has no statement.\");");
            return;
        }

        writer.Open($"{method.Head}({parameters})");
        MethodParameterModel[] values = [.. method.Parameters.Where(static parameter => parameter.Role == MethodRole.Value)];
        string arguments = Local(method, "arguments");
        writer.Line($"{Mapping}.SqlArguments {arguments} = new({values.Length});");
        for (int index = 0; index < values.Length; index++)
        {
            writer.Line($"{arguments}.Add({MethodExpressions.Argument(entity, values[index], Local(method, "value" + index))});");
        }

        string call = $"{Mapping}.SqlMethod.{MethodExpressions.Call(method)}(this, {Statements}.{statement}, {arguments}";
        string transaction = method.Parameters.FirstOrDefault(static parameter => parameter.Role == MethodRole.Transaction)?.Identifier ?? "null";
        string token = method.Parameters.FirstOrDefault(static parameter => parameter.Role == MethodRole.Cancellation)?.Identifier ?? "default";
        (string open, string close) = method.Wrapper == "ValueTask"
            ? ($"new {ValueTask(method)}(", ")")
            : ("", "");
        if (method.Row is { IsEntity: false } row)
        {
            writer.Line($"return {open}{call},");
            MethodExpressions.EmitReader(writer, method, row, entity);
            writer.Line($"    {transaction}, {token}){close};");
        }
        else
        {
            writer.Line($"return {open}{call}, {transaction}, {token}){close};");
        }

        writer.Close();
    }

    private static void EmitStatements(SourceWriter writer, EquatableArray<MethodModel> methods, string[] names)
    {
        writer.Line(SourceWriter.GeneratedCode);
        writer.Open($"private static class {Statements}");
        bool isFirst = true;
        for (int index = 0; index < methods.Count; index++)
        {
            MethodModel method = methods[index];
            if (method.Entity is null)
            {
                continue;
            }

            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            writer.Lines(
                $"""
                internal static readonly {Mapping}.SqlStatement {names[index]} = new(
                    method: {ColumnText.Literal(method.Scope.Dotted(method.Repository).Replace("@", "") + "." + method.Name)},
                    source: {ColumnText.Literal(method.Source)},
                    target: {ColumnText.LiteralOrNull(method.Target)},
                    commandTimeout: {method.CommandTimeout},
                    parameters: [{string.Join(", ", method.Parameters.Where(static parameter => parameter.Role == MethodRole.Value).Select(Slot))}],
                    columns: [{string.Join(", ", method.Row is { IsRecord: true } row ? row.Fields.Select(Column) : [])}]);
                """);
        }

        writer.Close();
    }

    private static string Slot(MethodParameterModel parameter) =>
        $"new({ColumnText.Literal(parameter.Name)}, {parameter.SourceOrdinal}, {parameter.TargetOrdinal}, {Mapping}.ColumnType.{parameter.Column!.Type}{(parameter.IsOrdered ? ", IsOrdered: true" : "")}){Others(parameter)}";

    private static string Others(MethodParameterModel parameter) => parameter.SourceOthers.Count + parameter.TargetOthers.Count == 0 ? ""
        : $" {{ SourceOthers = [{string.Join(", ", parameter.SourceOthers)}], TargetOthers = [{string.Join(", ", parameter.TargetOthers)}] }}";

    private static string Column(MethodFieldModel field) => field.SourceColumn is null
        ? $"new({ColumnText.Literal(field.Name)})"
        : $"new({ColumnText.Literal(field.Name)}, {ColumnText.Literal(field.SourceColumn)}, {ColumnText.LiteralOrNull(field.TargetColumn)})";

    /// <summary>A field's name for every method: overloads have one name, and another method may have the name that one of them would get.</summary>
    private static string[] StatementNames(EquatableArray<MethodModel> methods)
    {
        HashSet<string> taken = new(StringComparer.Ordinal) { Statements };
        HashSet<string> own = new(methods.Select(static method => method.Name), StringComparer.Ordinal);
        return [.. methods.Select(method =>
        {
            string name = method.Name;
            for (int overload = 2; !taken.Add(name); overload++)
            {
                name = $"{method.Name}_{overload}";
                while (own.Contains(name))
                {
                    name += "_";
                }
            }

            return name;
        })];
    }

    /// <summary>A name for a local that no parameter has.</summary>
    private static string Local(MethodModel method, string name)
    {
        while (method.Parameters.Any(parameter => parameter.Name == name))
        {
            name += "_";
        }

        return name;
    }

    private static string ValueTask(MethodModel method)
    {
        const string Type = "global::System.Threading.Tasks.ValueTask";
        return method.Element is null ? Type
            : method.IsList ? $"{Type}<global::System.Collections.Generic.IReadOnlyList<{method.Element}>>"
            : $"{Type}<{method.Element}>";
    }
}
