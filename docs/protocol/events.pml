/* DbMove's events over a broker: rows in the target's control table are the truth, the broker only distributes.
 * NE findings, a publisher, a relay, a watcher for what the broker lost, two fixers, a gate that may look at any time.
 * Not in it: the leases of rows, by which no event is in two consumers' hands at a time (here two fixers may work on one, and
 * ending it twice must do no harm); tries, dead events and what is decided about them; division of large events; messages
 * without a row; consumers without the broker beside those with it; partial losses under inflow. These rest on tests:
 * TheOutboxTests, LongRepairsTests, LostMessagesTests, ForeignMessagesTests, DroppedEventsTests, EventChannelContract.
 * Checked exhaustively (NE=2 with one loss, NE=1 with two): the gate never counts zero while a finding is not repaired; at
 * rest no row is left.
 *
 * What may go wrong, always on, a budget each: processes die between any two steps and start again, the broker loses all
 * that it holds (purge: it still remembers message ids; deletion: it forgets them too), a lease runs out while its fixer
 * lives on, an answer of the broker is lost.
 * Safeguards to take away, one flag each; every one must then be violated:
 *   ROW_UNTIL_PUBLISHED   the row goes when the broker has taken the message: an outbox only
 *   ROW_BEFORE_REPAIR     the row goes before the repair has committed
 *   SAME_ID               what was lost is sent again under the same message id
 *   ROW_AFTER_FENCE       validation lets go of the fences behind which it confirmed a finding before the finding's row is there
 *   NO_WATCHER            nobody looks for what the broker lost                                                          */
#ifndef NE
#define NE 2
#endif
#ifndef LOSSES
#define LOSSES 1
#endif
#define MP 4                       /* publications of an event at most: more than the losses */

bool row[2]; bool published[2]; byte number[2];    /* the control table */
byte held[2]; byte inHand[2]; byte seen[2];        /* the broker: bit per publication: waiting, delivered, id remembered */
bool found[2]; bool repaired[2];                    /* ghosts */
byte crashes = 1; byte losses = LOSSES; byte expiries = 1; byte unanswered = 1;
byte stored = 0;
#ifdef SAME_ID
#define ID(n) 1
#else
#define ID(n) (n)
#endif

#define ANY(e) (held[e] | inHand[e])
#define BIT(n) (1 << (n))

/* The gate may look whenever a row goes, or before it comes. */
#define GATE assert(row[0] || row[1] || ((!found[0] || repaired[0]) && (!found[1] || repaired[1])))
inline forget(e) { atomic { row[e] = false; GATE } }

/* The broker takes a message unless it remembers its id; the caller may never hear of it. */
inline send(e, n, answered) {
  atomic {
    if :: (seen[e] & BIT(ID(n))) == 0 -> seen[e] = seen[e] | BIT(ID(n)); held[e] = held[e] | BIT(n) :: else fi;
    answered = true;
    if :: unanswered > 0 -> unanswered--; answered = false :: true fi
  }
}

inline mark(e, n) {
  atomic {
    if
    :: row[e] && number[e] == n ->
#ifdef ROW_UNTIL_PUBLISHED
       forget(e);
#endif
       published[e] = true
    :: else
    fi
  }
}

/* Validation confirms a finding and stores it behind the same fences, one step to a gate that looks behind them; then it hands it over; when it dies in between, the relay does it. */
active proctype publisher() {
  byte e = 0; bool ok;
  do
  :: e < NE ->
#ifdef ROW_AFTER_FENCE
     atomic { found[e] = true; GATE }
#endif
     atomic { row[e] = true; number[e] = 1; published[e] = false; found[e] = true; stored++ }
     if
     :: atomic { crashes > 0 -> crashes-- }
     :: send(e, 1, ok); if :: ok -> mark(e, 1) :: else fi
     fi;
     e++
  :: else -> break
  od
}

/* Two relays that claim badly are one relay that sends twice, as after an answer that was lost. */
active proctype relay() {
  byte e; byte n; bool ok;
end:
  do
  :: atomic { row[0] && !published[0] -> e = 0; n = number[0] }
     send(e, n, ok); if :: atomic { crashes > 0 -> crashes-- } :: ok -> mark(e, n) :: !ok fi
  :: atomic { row[1] && !published[1] -> e = 1; n = number[1] }
     send(e, n, ok); if :: atomic { crashes > 0 -> crashes-- } :: ok -> mark(e, n) :: !ok fi
  od
}

#ifndef NO_WATCHER
/* Published rows first, then the broker's count, then those rows that are still there as they were: these were lost. */
active proctype watcher() {
  bool was[2]; byte n[2];
end:
  do
  :: atomic { ANY(0) == 0 && ANY(1) == 0 && ((row[0] && published[0] && number[0] < MP) || (row[1] && published[1] && number[1] < MP)) ->
       was[0] = row[0] && published[0]; n[0] = number[0]; was[1] = row[1] && published[1]; n[1] = number[1] }
     if
     :: atomic { ANY(0) == 0 && ANY(1) == 0 -> skip }
        atomic { if :: was[0] && row[0] && published[0] && number[0] == n[0] && number[0] < MP -> published[0] = false;
                      number[0]++
                 :: else fi }
        atomic { if :: was[1] && row[1] && published[1] && number[1] == n[1] && number[1] < MP -> published[1] = false;
                      number[1]++
                 :: else fi }
     :: atomic { ANY(0) != 0 || ANY(1) != 0 -> skip }
     fi;
     was[0] = false; was[1] = false; n[0] = 0; n[1] = 0
  od
}
#endif

inline take(e, n) {
  if
  :: held[e] & BIT(1) -> n = 1 :: held[e] & BIT(2) -> n = 2 :: held[e] & BIT(3) -> n = 3 :: held[e] & BIT(4) -> n = 4
  fi;
  held[e] = held[e] & (255 - BIT(n)); inHand[e] = inHand[e] | BIT(n)
}

/* Repair, then the row, then the acknowledgement. Dying at any point leaves the message in hand until its lease is over. */
active [2] proctype fixer() {
  byte e; byte n;
end:
  do
  :: atomic { held[0] != 0 -> e = 0; take(e, n) } goto handle
  :: atomic { held[1] != 0 -> e = 1; take(e, n) }
handle:
#ifdef ROW_BEFORE_REPAIR
     forget(e);
#endif
     if
     :: atomic { crashes > 0 -> crashes--; goto died }
     :: repaired[e] = true
     fi;
     if
     :: atomic { crashes > 0 -> crashes--; goto died }
     :: forget(e)
     fi;
     if
     :: atomic { crashes > 0 -> crashes--; goto died }
     :: atomic { inHand[e] = inHand[e] & (255 - BIT(n)) }
     fi;
     goto rest;
died:
     /* its lease runs out */
     atomic { if :: inHand[e] & BIT(n) -> inHand[e] = inHand[e] & (255 - BIT(n)); held[e] = held[e] | BIT(n) :: else fi }
rest:
     e = 0; n = 0
  od
}

active proctype trouble() {
end:
  do
  :: atomic { losses > 0 -> losses--; held[0] = 0; held[1] = 0; inHand[0] = 0; inHand[1] = 0 }                           /* purge */
  :: atomic { losses > 0 -> losses--; held[0] = 0; held[1] = 0; inHand[0] = 0; inHand[1] = 0; seen[0] = 0; seen[1] = 0 } /* deletion */
  :: atomic { expiries > 0 && inHand[0] != 0 -> expiries--; held[0] = held[0] | inHand[0]; inHand[0] = 0 }
  :: atomic { expiries > 0 && inHand[1] != 0 -> expiries--; held[1] = held[1] | inHand[1]; inHand[1] = 0 }
  od
}

/* At rest nothing is left to do: every finding is repaired and its row is gone. */
active proctype rest() { timeout -> assert(stored == NE && !row[0] && !row[1] && repaired[0] && (NE == 1 || repaired[1])) }
