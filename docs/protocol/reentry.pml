/* Out of dual writing and in again, which dualwrite.pml does not walk: a write of the first dual stage sleeps between its two
 * commits, the migration goes back to the single-sided stage, where the row is deleted without an intent, and into dual
 * writing again; backfill, repair and validation run; then the sleeper wakes and commits on the follower what was deleted.
 * What holds it off: the step into dual writing takes the other side's fence, too, behind the authority's.
 * Checked exhaustively: when validation has found the sides equal and no intent is open, they are equal and stay so.
 * Safeguards to take away, and then it must be violated: -DNO_OTHER_FENCE (of the step), -DNO_FOLLOWER_FENCE (of the write)  */
mtype = { dual, single };
mtype stage = dual;
bool a; bool f;                                  /* the row as committed on authority and follower */
bool intent;
bool fenceA; bool fenceF; bool keyF;             /* held by the write, shared; its key's lock on the follower */
bool switching;                                  /* the exclusive fence on the authority */
bool returned; bool clean;

active proctype write() {
  atomic { !switching -> fenceA = true }
  if
  :: stage == single -> fenceA = false; goto done         /* the stage compare */
  :: else
  fi;
#ifdef NO_FOLLOWER_FENCE
  keyF = true;
#else
  atomic { fenceF = true; keyF = true }                   /* step 2: the image, uncommitted */
#endif
  atomic { a = true; intent = true; fenceA = false }      /* step 3 */
  if                                                      /* here it may sleep for as long as it likes */
  :: atomic { f = true; fenceF = false; keyF = false }    /* step 4 */
     intent = false                                       /* step 5 */
  :: atomic { fenceF = false; keyF = false }              /* its session was ended: rolled back, the intent stays */
  fi;
done: skip
}

/* A delete in the single-sided stage: no intent, the follower is left alone. In the dual one, whole and at once. */
active proctype delete() {
  if
  :: atomic { !switching && stage == single -> a = false }
  :: atomic { !switching && stage == dual && !keyF -> a = false; f = false }
  fi
}

active proctype coordinator() {
  atomic { !fenceA -> switching = true } stage = single; switching = false;
  atomic { !fenceA -> switching = true }
#ifndef NO_OTHER_FENCE
  !fenceF;                                                /* exclusive, for a moment */
#endif
  atomic { stage = dual; returned = true }
  switching = false
}

/* The fixer: intents, and what validation confirms; both wait for the key's lock, or let it be for now. */
active proctype fixer() {
end:
  do
  :: atomic { intent && !keyF && stage == dual && !switching -> f = a; intent = false }
  :: atomic { stage == dual && !switching && !keyF && a != f && !intent -> f = a }
  od
}

/* A pass counts when it was begun after the last step. */
active proctype validation() {
end:
  atomic { returned && a == f -> clean = true }
}

/* The gate may look at any time: once it opens, nobody looks again for what comes late. */
active proctype gate() {
end:
  atomic { clean && !intent -> assert(a == f) }
}
