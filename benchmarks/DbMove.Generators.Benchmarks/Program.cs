using DbMove.Generators.Benchmarks;

Options options = Options.Parse(args);
Report report = new();
EditBenchmark.Run(options, report);
Console.Write(report.Take());
CompileBenchmark.Run(options, report);
Console.Write(report.Take());
Console.Write(report.Lines());
