package org.facevalue.platform.money;

/** The two roundings there are. Both favour the customer; there is no third. */
public enum Rounding {
    /** What the customer pays is rounded down. */
    CUSTOMER_PAYS {
        @Override
        long divide(long n, long by) {
            return Math.floorDiv(n, by);
        }
    },
    /** What the customer gets is rounded up. */
    CUSTOMER_GETS {
        @Override
        long divide(long n, long by) {
            return Math.ceilDiv(n, by);
        }
    };

    abstract long divide(long n, long by);
}
