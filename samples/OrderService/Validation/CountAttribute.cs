using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace OrderService.Validation;

/// <summary>How many elements a collection has. The framework's <c>[Length]</c> looks for a <c>Count</c> by reflection, which Native AOT refuses.</summary>
internal sealed class CountAttribute(int minimum, int maximum) : ValidationAttribute("The field {0} must have {1} to {2} elements.")
{
    public override bool IsValid(object? value) => value is null || (value is ICollection { Count: int count } && count >= minimum && count <= maximum);

    public override string FormatErrorMessage(string name) => string.Format(CultureInfo.InvariantCulture, ErrorMessageString, name, minimum, maximum);
}
