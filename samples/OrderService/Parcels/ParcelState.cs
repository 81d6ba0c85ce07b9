namespace OrderService.Parcels;

/// <summary>Where a parcel is.</summary>
public enum ParcelState
{
    Waiting,
    Sent,
    Arrived,
}
