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

    /** The token of a new session when name, password and code are right; empty otherwise, without saying what was wrong. */
    public Optional<String> signIn(String name, String password, String code) {
        return logins.signIn(name, password, code).map(sessions::begin);
    }

    /** The token of a new session for a login that was made in this same request. */
    public String enter(UUID login) {
        return sessions.begin(login);
    }

    public void signOut(Caller caller) {
        sessions.end(caller.via());
    }
}
