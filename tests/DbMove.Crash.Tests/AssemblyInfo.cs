using DbMove.Crash.Tests.Setup;
using DbMove.Tests.Servers;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
[assembly: AssemblyFixture(typeof(CrashMatrix))]

// Every cell has databases and a process of its own, and waits for both most of the time.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 3)]
