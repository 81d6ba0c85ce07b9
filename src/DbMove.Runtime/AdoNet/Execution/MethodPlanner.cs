using System.Collections.Concurrent;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.AdoNet.Execution;

/// <summary>Plans the statement of a method for a side; a write that gives entities is made to return them.</summary>
internal sealed class MethodPlanner(MigrationContext context, StatementPlanner statements)
{
    // The texts are constants of the program, so there are only so many.
    private readonly ConcurrentDictionary<(SqlStatement Statement, Side Side), (string Text, StatementPlan[] Plans)> _plans = new();

    /// <exception cref="InvalidOperationException">One of its parameters meets columns that keep values in different forms, on either side.</exception>
    /// <exception cref="StatementRefusedException">It is not one statement, or writes rows of another entity.</exception>
    public PlannedPart Plan(MethodCall call, Side side)
    {
        (string text, StatementPlan[] plans) = _plans.TryGetValue((call.Statement, side), out (string, StatementPlan[]) known)
            ? known
            : _plans.GetOrAdd((call.Statement, side), Make(call, side));
        SqlStatement statement = call.Statement;
        return new PlannedPart(
            new CommandPart(text, null, [], statement.CommandTimeout, IsPrepared: false)
            {
                Bind = (on, command) =>
                {
                    for (int index = 0; index < statement.Parameters.Length; index++)
                    {
                        SqlParameterSlot slot = statement.Parameters[index];
                        MethodParameter.Add(command, call, context.Database(on), slot, call.Arguments[index]);
                    }
                },
            },
            text,
            plans);
    }

    private (string Text, StatementPlan[] Plans) Make(MethodCall call, Side side)
    {
        if (call.Entity.Tables.Length == 0)
        {
            throw new InvalidOperationException($"{call.Statement.Method} is used before its migration was started. Await Migration.StartAsync first, or start the host.");
        }

        MethodParameterForms.Check(call);
        string text = call.Statement.TextOn(side);
        StatementPlan[] plans = statements.Plan(text, side);
        if (plans is not [{ } plan])
        {
            throw new StatementRefusedException(StatementRefusal.UnknownStatement, $"The text of {call.Statement.Method} is not one statement. Write a method for each.");
        }

        if (plan.Kind != PlanKind.Rows)
        {
            return (text, plans);
        }

        if (!ReferenceEquals(plan.Entity, call.Entity))
        {
            throw new StatementRefusedException(StatementRefusal.OtherTable, $"{call.Statement.Method} writes rows of {plan.Entity!.Name}, and its repository is that of {call.Entity.Name}. Move it to that one.");
        }

        if (call.GivesEntities && plan.Statement.ReturningEnd < 0)
        {
            bool isQualified = context.Database(side).Syntax.Lexicon!.QualifiesReturning;
            text = $"{plan.Statement.Text} RETURNING {call.Entity.ListColumns(side, isQualified ? plan.Statement.Qualifier : string.Empty)}";
            plans = statements.Plan(text, side);
        }

        return (text, plans);
    }
}
