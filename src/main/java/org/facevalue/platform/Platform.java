package org.facevalue.platform;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The platform's process. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@EnableScheduling
public class Platform {
    public static void main(String[] args) {
        var context = SpringApplication.run(Platform.class, args);
        if (System.getenv("FACEVALUE_SUPERVISED") != null)
            Thread.ofPlatform().daemon().start(() -> endWithPipe(context));
    }

    /** The supervisor says nothing on the standard input; when that pipe closes it is gone, and the platform ends too. */
    private static void endWithPipe(ConfigurableApplicationContext context) {
        try {
            while (System.in.read() >= 0) continue;
        } catch (IOException e) {
            // A broken pipe is a closed one.
        }
        System.exit(SpringApplication.exit(context));
    }
}
