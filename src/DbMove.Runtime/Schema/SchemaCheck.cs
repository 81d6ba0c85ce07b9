using DbMove.Control;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Scheduling;

namespace DbMove.Schema;

/// <summary>
/// Compares entities and tables of both sides before anything is written, and refuses what would lose or change data
/// unseen. Changes nothing in the databases.
/// </summary>
internal sealed class SchemaCheck(MigrationContext context)
{
    /// <summary>Checks both sides; then orders the entities, parents first, and composes their statements.</summary>
    /// <exception cref="SchemaCheckException">Something must be changed first; all findings are in it.</exception>
    /// <exception cref="DatabaseUnavailableException">A side is out of reach.</exception>
    /// <exception cref="MigrationConfigurationException">A side cannot be read, or newer control tables are there.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (SchemaFindings findings, IReadOnlyList<EntitySchema> entities) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (findings.Refusals.Count > 0)
        {
            throw new SchemaCheckException(context.Name, findings.Refusals);
        }

        foreach (string warning in findings.Warnings)
        {
            SchemaLog.Warning(context.Logger, context.Name, warning);
        }

        Compose(EntityOrder.Sort(entities));
    }

    /// <summary>Checks both sides and says what was found, without refusing and without composing: for the gate.</summary>
    /// <exception cref="DatabaseUnavailableException">A side is out of reach.</exception>
    /// <exception cref="MigrationConfigurationException">A side cannot be read, or newer control tables are there.</exception>
    public async Task<SchemaFindings> InspectAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Findings;

    private async Task<(SchemaFindings Findings, IReadOnlyList<EntitySchema> Entities)> ReadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<EntityBinding> bindings = context.Entities;
        SideFacts source = await ReadSideAsync(Side.Source, bindings, cancellationToken).ConfigureAwait(false);
        SideFacts target = await ReadSideAsync(Side.Target, bindings, cancellationToken).ConfigureAwait(false);
        EntitySchema[] entities = [.. bindings.Select((binding, index) => new EntitySchema(binding, source.Tables[index], target.Tables[index]))];

        SchemaFindings findings = new();
        DatabaseRules.Check(source, target, findings);
        TableRules.CheckPhysical(entities, findings);
        IReadOnlyCollection<string> misspelt = ColumnRules.CheckLeftBehind(entities, context.Options.UnmappedSourceColumns, findings);
        foreach (EntitySchema entity in entities)
        {
            foreach (SideFacts side in (SideFacts[])[source, target])
            {
                TableRules.Check(entity, side, findings);
                ColumnRules.Check(entity, side.Database, context.Options.UnmappedSourceColumns, misspelt, findings);
                KeyRules.Check(entity, side.Database.Side, findings);
                CascadeRules.Check(entity, side.Database.Side, findings);
            }

            ValueRules.Check(entity, findings);
            GeneratedValueRules.Check(entity, findings);
            UniqueIndexRules.Check(entity, findings);
        }

        return (findings, entities);
    }

    private async Task<SideFacts> ReadSideAsync(Side side, IReadOnlyList<EntityBinding> bindings, CancellationToken cancellationToken)
    {
        SideDatabase database = context.Database(side);
        try
        {
            SideSession session = await database.OpenAsync(SessionUse.Read, cancellationToken).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                IReadOnlyList<string> faults = await database.CheckServerAsync(
                    session, context.Names, context.Options.RequireDurableServers, cancellationToken).ConfigureAwait(false);
                ControlTables control = context.Control[(int)side].Tables;
                control.RefuseNewer(await control.ReadVersionAsync(session, cancellationToken).ConfigureAwait(false));
                DatabaseIdentity identity = await database.IdentifyAsync(session, cancellationToken).ConfigureAwait(false);
                List<TableSchema?> tables = [];
                foreach (EntityBinding binding in bindings)
                {
                    tables.Add(await database.DescribeAsync(session, binding.Descriptor.TableOn(side), cancellationToken).ConfigureAwait(false));
                }

                return new SideFacts(database, identity, faults, tables);
            }
        }
        catch (Exception exception) when (database.Classify(exception) is FailureKind.Availability or FailureKind.Transient)
        {
            throw new DatabaseUnavailableException(
                side,
                $"Migration '{context.Name}' cannot start: the {side.ToWireName()} ({database.DisplayName}) is out of reach. Check that it runs and that address and credentials are right, then start again: {exception.Message}",
                exception);
        }
        catch (Exception exception) when (database.Classify(exception) is not null)
        {
            throw new MigrationConfigurationException(
                $"Migration '{context.Name}' cannot start: the {side.ToWireName()} ({database.DisplayName}) answered, and the schema check could not read it: {exception.Message} Check that this is the {database.Dialect} database that is meant; where it has roles, check the credentials, and grant the role the right to read the catalogue, the migrated tables and DbMove's control tables.",
                exception);
        }
    }

    private void Compose(List<EntitySchema> sorted)
    {
        for (int rank = 0; rank < sorted.Count; rank++)
        {
            EntitySchema entity = sorted[rank];
            long[] granularity = [.. entity.Columns.Select(column => Math.Max(column.Source?.TimeGranularity ?? 0, column.Target?.TimeGranularity ?? 0))];
            entity.Binding.Rank = rank;
            entity.Binding.Compose(
                context.Databases, [Define(entity, Side.Source, granularity), Define(entity, Side.Target, granularity)]);
        }

        context.Entities = [.. sorted.Select(entity => entity.Binding)];
    }

    private StoreDefinition Define(EntitySchema entity, Side side, long[] granularity) => new()
    {
        Entity = entity.Descriptor,
        Side = side,
        Table = entity.On(side)!,
        Control = context.Names,
        TimeGranularity = granularity,
    };
}
