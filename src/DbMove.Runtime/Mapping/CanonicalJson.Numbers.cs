using System.Globalization;

namespace DbMove.Mapping;

/// <summary>Numbers, by their exact value: no form of binary floating point comes between.</summary>
internal ref partial struct CanonicalJson
{
    private const long MaximumExponent = 999_999_999;

    private bool TryNumber()
    {
        int start = _length;
        if (Next == '-')
        {
            Take();
        }

        int digits = _length;
        if (!TryInteger() || !TryFraction(out int decimals) || !TryExponent(out long exponent))
        {
            return false;
        }

        int leading = Text[digits..].IndexOfAnyExcept('0');
        if (leading < 0)
        {
            // Zero has no sign and no exponent.
            _length = start;
            Write('0');
            return true;
        }

        Text[(digits + leading)..].CopyTo(_text.AsSpan(digits));
        _length -= leading;
        int significant = Text.LastIndexOfAnyExcept('0') + 1;
        exponent += _length - significant - decimals;
        _length = significant;
        WriteExponent(exponent);
        return true;
    }

    private bool TryInteger()
    {
        if (Next == '0')
        {
            Take();
            return !char.IsAsciiDigit(Next);
        }

        return TakeDigits() > 0;
    }

    private bool TryFraction(out int decimals)
    {
        decimals = 0;
        if (Next != '.')
        {
            return true;
        }

        _position++;
        decimals = TakeDigits();
        return decimals > 0;
    }

    private bool TryExponent(out long exponent)
    {
        exponent = 0;
        if (Next is not ('e' or 'E'))
        {
            return true;
        }

        _position++;
        bool isNegative = Next == '-';
        if (Next is '-' or '+')
        {
            _position++;
        }

        int start = _position;
        for (; char.IsAsciiDigit(Next); _position++)
        {
            exponent = Math.Min((exponent * 10) + (Next - '0'), MaximumExponent + 1);
        }

        bool isInRange = exponent <= MaximumExponent;
        exponent = isNegative ? -exponent : exponent;
        return isInRange && _position > start;
    }

    private int TakeDigits()
    {
        int start = _position;
        while (char.IsAsciiDigit(Next))
        {
            Take();
        }

        return _position - start;
    }

    private void WriteExponent(long exponent)
    {
        Write('e');
        Span<char> digits = stackalloc char[20];
        _ = exponent.TryFormat(digits, out int count, default, CultureInfo.InvariantCulture);
        foreach (char digit in digits[..count])
        {
            Write(digit);
        }
    }
}
