namespace DbMove.AdoNet.Execution;

/// <summary>A command with its text for a side, and how its statements are run there.</summary>
internal sealed record PlannedPart(CommandPart Part, string Text, StatementPlan[] Plans);
