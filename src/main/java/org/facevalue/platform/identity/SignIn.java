package org.facevalue.platform.identity;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Signing in and out of the pages. */
@Component
public class SignIn {
    private final Logins logins;
    private final Sessions sessions;

    SignIn(Logins logins, Sessions sessions) {
        this.logins = logins;
        this.sessions = sessions;
    }

    /** Where people come in: the staff has a door of its own, and neither's credentials open the other's. */
    public enum Door {
        CUSTOMERS,
        STAFF
    }

    /** The token of a new session when name, password and code are right at this door; empty otherwise, without saying what was wrong. */
    public Optional<String> signIn(Door door, String name, String password, String code) {
        return logins.signIn(name, password, code, role -> role.isStaff() == (door == Door.STAFF))
                .map(sessions::begin);
    }

    /** The token of a new session for a login that was made in this same request. */
    public String enter(UUID login) {
        return sessions.begin(login);
    }

    public void signOut(Caller caller) {
        sessions.end(caller.via());
    }
}
