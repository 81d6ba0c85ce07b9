using DbMove;

namespace Shop.Domain
{
    [Migratable]
    public sealed partial class Payment
    {
        public int Id { get; set; }

        // {new column}
    }

    // Unrelated: the class that says so is the repository.
    public sealed class PaymentRepository;
}

namespace Shop.Storage
{
    [Repository<Shop.Domain.Payment>]
    partial class Payments
    {
        private readonly string _label;

        public Payments(Migration migration)
            : base(migration) => _label = migration.Name;

        public string Label => _label;
    }
}
