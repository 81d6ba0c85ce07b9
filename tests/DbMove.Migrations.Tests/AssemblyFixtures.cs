using DbMove.Tests.Servers;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

// These tests keep both cores busy by themselves, and one of them measures nothing that another may slow down; one at a
// time keeps lock time-outs out of what they prove.
[assembly: Parallelization(Mode = ParallelMode.None)]
