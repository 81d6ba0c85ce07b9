using System.Globalization;

namespace DbMove.Chaos.Faults;

/// <summary>One thing that goes wrong.</summary>
/// <param name="At">When, from the beginning of the load.</param>
/// <param name="Kind">What.</param>
/// <param name="Service">Which service; -1: every one (links), or none (servers).</param>
/// <param name="Side">Which server; null: none (services).</param>
/// <param name="For">How long.</param>
/// <param name="Delay">The delay of a delayed link.</param>
/// <param name="EndsCut">Whether a frozen link ends by a reset.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Service, Side? Side, TimeSpan For, TimeSpan Delay, bool EndsCut)
{
    public override string ToString()
    {
        string victim = Kind is FaultKind.KillService or FaultKind.StopService ? $"service {Service}"
            : Kind is FaultKind.KillServer or FaultKind.StopServer ? $"the {Side!.Value.ToWireName()}"
            : $"{(Service < 0 ? "every service" : $"service {Service}")} to the {Side!.Value.ToWireName()}";
        string more = Kind == FaultKind.DelayLink ? $", by {Delay.TotalMilliseconds:0} ms" : EndsCut ? ", then reset" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds,7:0.0} s  {Kind,-11} {victim} for {For.TotalSeconds:0.0} s{more}");
    }
}
