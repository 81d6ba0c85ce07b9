using DbMove.Tests.Servers;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
