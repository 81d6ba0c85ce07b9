using DbMove.CrashProcess;

// Reads a job from its input, so that it can be started before there is one. Prints "ack W" for every write that was
// acknowledged, "passed P" for the points that it passes, and "reached P" when it stands still and waits to be killed.
if (Console.ReadLine() is not { } line)
{
    return 0;
}

// Whoever was to kill it is gone himself, and nobody would: it must not stand still for ever.
new Thread(static () =>
{
    while (Console.ReadLine() is not null)
    {
    }

    Environment.Exit(4);
}) { IsBackground = true }.Start();

Job job = Job.Parse(line);
try
{
    await new Operations(job, new Arrest(job.Point, job.Occurrence)).RunAsync();
}
catch (Exception exception) when (exception is not OutOfMemoryException)
{
    // Whatever it was: the test that reads this fails with it.
    Console.WriteLine("failed " + exception.ToString().ReplaceLineEndings(" "));
    return 2;
}

Console.WriteLine("missed " + job.Point);
return 3;
