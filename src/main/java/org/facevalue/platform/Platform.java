package org.facevalue.platform;

import java.io.IOException;
import org.facevalue.platform.identity.Staff;
import org.facevalue.platform.identity.StaffProgram;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The platform's process. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
@EnableScheduling
public class Platform {
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals(StaffProgram.NAME)) System.exit(staff(args));
        var context = SpringApplication.run(Platform.class, args);
        if (System.getenv("FACEVALUE_SUPERVISED") != null)
            Thread.ofPlatform().daemon().start(() -> endWithPipe(context));
    }

    /** Only the rooms that it needs come to be, and nothing is served, listened to or taken on. */
    private static int staff(String... args) {
        try (var context =
                new SpringApplicationBuilder(Platform.class)
                        .web(WebApplicationType.NONE)
                        .lazyInitialization(true)
                        .logStartupInfo(false)
                        .properties("logging.level.root=ERROR")
                        .run()) {
            return new StaffProgram(context.getBean(Staff.class), System.out, System.err).run(args);
        }
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
