using DbMove;

namespace Shop.App;

// No migration adds it: the build warns.
[Migratable]
public sealed partial class Note
{
    public Guid Id { get; init; }
}
