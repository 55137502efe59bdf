package org.facevalue.platform.jurisdiction;

import java.util.List;
import java.util.stream.Collectors;

/** A pack that cannot be taken: nothing of it is. */
public final class BrokenPack extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code place}: the file, and within it the rule, field or line. */
    public record Fault(String place, String message) {}

    private final transient List<Fault> faults;

    BrokenPack(List<Fault> faults) {
        super(
                faults.stream()
                        .map(fault -> fault.place() + ": " + fault.message())
                        .collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
