namespace DbMove.Mapping.Tests.Entities;

[Migratable]
public readonly partial record struct Reading(Guid Id, double Value);
