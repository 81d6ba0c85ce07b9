using System.Data.Common;
using DbMove.Backfill;
using DbMove.Dialects;
using DbMove.Mapping;
using DbMove.Pool;
using DbMove.Repair;
using DbMove.Validation;

namespace DbMove.Runtime.Tests.Schema;

/// <summary>A binding that is only its description, and keeps what it is composed with.</summary>
internal sealed class DescribedBinding(EntityDescriptor descriptor) : EntityBinding
{
    public override EntityDescriptor Descriptor => descriptor;

    public StoreDefinition[] Definitions { get; private set; } = [];

    public override void Compose(SideDatabase[] databases, StoreDefinition[] definitions) => Definitions = definitions;

    public override IReadOnlyDictionary<string, string> StatementsOn(Side side) => throw new InvalidOperationException();

    public override bool IsKey(string text) => throw new InvalidOperationException();

    public override Task PrepareImagesAsync(SideSession session, CancellationToken cancellationToken) => throw new InvalidOperationException();

    public override string ListColumns(Side side, string qualifier) => throw new InvalidOperationException();

    public override void Bind(Side side, DbCommand command, string name, int ordinal, object? value) => throw new InvalidOperationException();

    public override bool BindsAlike(Side side, int first, int second) => throw new InvalidOperationException();

    public override EntityChanges CreateChanges() => throw new InvalidOperationException();

    public override EntityRepair CreateRepair() => throw new InvalidOperationException();

    public override Task AdvanceIdentityAsync(SideSession authority, SideSession follower, CancellationToken cancellationToken) => throw new InvalidOperationException();

    public override EntityBackfill CreateBackfill() => throw new InvalidOperationException();

    public override EntityValidation CreateValidation() => throw new InvalidOperationException();
}
