namespace DbMove.AotSmoke.Entities;

public enum ParcelState
{
    Waiting,
    Sent,
    Arrived,
}
