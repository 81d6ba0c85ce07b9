namespace DbMove.Simulation.Tests.Engine;

/// <summary>Unwinds what is left of a process that is dead. Nothing in the product knows it, so nothing catches it for long.</summary>
internal sealed class CrashedException() : Exception("This process is dead.");
