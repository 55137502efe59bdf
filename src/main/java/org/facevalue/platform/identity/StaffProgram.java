package org.facevalue.platform.identity;

import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** {@code ./facevalue staff}: what it is asked for, and what it prints. */
public final class StaffProgram {
    /** The platform's argument that makes it this program. */
    public static final String NAME = "staff";

    private final Staff staff;
    private final PrintStream out;
    private final PrintStream err;

    /** @param out for whoever has asked, who alone sees what is shown once */
    public StaffProgram(Staff staff, PrintStream out, PrintStream err) {
        this.staff = staff;
        this.out = out;
        this.err = err;
    }

    /**
     * Does it.
     *
     * @param arguments {@code staff add NAME ROLE}, {@code staff remove NAME} or {@code staff list}
     * @return the exit code
     */
    public int run(String... arguments) {
        return switch (List.of(arguments)) {
            case List<String> a when a.size() == 4 && a.get(1).equals("add") ->
                    add(a.get(2), a.get(3));
            case List<String> a when a.size() == 3 && a.get(1).equals("remove") -> remove(a.get(2));
            default -> list();
        };
    }

    private int add(String name, String word) {
        try {
            var role = Role.valueOf(word.toUpperCase(Locale.ROOT));
            var added = staff.add(name, role);
            if (added.isEmpty()) return no("The name " + name + " is or was somebody's already.");
            out.printf(
                    """
                    name      %s
                    role      %s
                    password  %s
                    TOTP      otpauth://totp/Facevalue:%s?secret=%s&issuer=Facevalue
                    """,
                    name,
                    lower(role),
                    added.get().password(),
                    URLEncoder.encode(name, StandardCharsets.UTF_8),
                    added.get().totpSecret());
            return 0;
        } catch (IllegalArgumentException e) {
            return no(
                    "A role is support, compliance, finance, auditor or operator; a name has 2 to 64 letters, digits, dots, dashes, underscores or @.");
        }
    }

    private int remove(String name) {
        if (!staff.remove(name)) return no("Nobody of the staff signs in as " + name + ".");
        out.println(name + " may sign in no more.");
        return 0;
    }

    private int list() {
        for (var member : staff.all())
            out.printf(
                    "%-10s  %s  since %s%n", lower(member.role()), member.name(), member.since());
        return 0;
    }

    private static String lower(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private int no(String why) {
        err.println("facevalue: " + why);
        return 1;
    }
}
