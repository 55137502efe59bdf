package org.facevalue.platform.outside;

import java.util.List;

/** Work that lies in a table: its due rows are claimed with a lease, and each is taken one step further. */
public interface Job {
    /** Rows that are due, at most so many, leased to the caller; nobody else gets them while the lease lasts. */
    List<Claim> claimDue(int atMost);

    /** Takes one row as far as it goes now. What it throws is logged; the row is due again when its lease is over. */
    void advance(Claim claimed);

    /** For logs and metrics: the prefix of what it takes on. */
    String name();
}
