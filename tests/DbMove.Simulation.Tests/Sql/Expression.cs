namespace DbMove.Simulation.Tests.Sql;

/// <summary>An expression: a value out of a scope. Numbers are 64-bit, conditions are true, false or null.</summary>
internal delegate object? Expression(Scope scope);
