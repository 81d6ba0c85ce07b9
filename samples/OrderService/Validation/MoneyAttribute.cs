using System.ComponentModel.DataAnnotations;

namespace OrderService.Validation;

/// <summary>
/// An amount that both databases keep as it is: PostgreSQL would round a third decimal to its column's two, SQLite would keep it,
/// and the sides would differ.
/// </summary>
internal sealed class MoneyAttribute : ValidationAttribute
{
    private const decimal Maximum = 1_000_000;

    public MoneyAttribute()
        : base("The field {0} must be between 0 and 1000000 and have two decimals at most.")
    {
    }

    public override bool IsValid(object? value) => value is decimal amount and >= 0 and <= Maximum && decimal.Round(amount, 2) == amount;
}
