package org.facevalue.platform.identity;

/** What a login may be. One login has one role; {@link Access} says what each may call. */
public enum Role {
    CUSTOMER,
    /** Somebody of an authorised provider. */
    PROVIDER,
    /** Helps customers: sees cash-outs, asks again, turns round what may be turned round. */
    SUPPORT,
    /** Keeps what is lawful: rule packs, licences, freezes. */
    COMPLIANCE,
    /** Holds the books against others', and records what a party says to a person. */
    FINANCE,
    /** Reads everything and changes nothing. */
    AUDITOR,
    /** Runs the platform; moves no money. */
    OPERATOR,
    /** The sandbox's own client: makes customers and moves the clock. There is none outside the sandbox. */
    SANDBOX,
    /** Reads the metrics. */
    METRICS;

    /** Whether it is the operator's own people, who sign in at a door of their own. */
    public boolean isStaff() {
        return switch (this) {
            case SUPPORT, COMPLIANCE, FINANCE, AUDITOR, OPERATOR -> true;
            case CUSTOMER, PROVIDER, SANDBOX, METRICS -> false;
        };
    }

    String authority() {
        return "ROLE_" + name();
    }
}
