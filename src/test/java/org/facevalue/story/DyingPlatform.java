package org.facevalue.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.facevalue.platform.Platform;
import org.facevalue.platform.outside.Transport;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The platform's process with one port wrapped: it can be told to die, as by kill -9, right before or right after its n-th request to a party. */
public final class DyingPlatform {
    private DyingPlatform() {}

    public static void main(String[] args) {
        new SpringApplicationBuilder(Platform.class, Wrapping.class).run(args);
    }

    /** The file says {@code n before} or {@code n after}; while it is not there, nothing is counted. */
    @Configuration(proxyBeanMethods = false)
    static class Wrapping {
        @Bean
        static BeanPostProcessor dying() {
            var order = Path.of(System.getProperty("facevalue.die"));
            var sent = new AtomicInteger();
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof Transport transport)) return bean;
                    return (Transport)
                            request -> {
                                boolean counts =
                                        request.method().equals("POST")
                                                && !request.uri().getPath().endsWith("/token");
                                var words =
                                        counts && Files.exists(order)
                                                ? read(order).split(" ")
                                                : new String[0];
                                boolean now =
                                        words.length == 2
                                                && sent.incrementAndGet()
                                                        == Integer.parseInt(words[0]);
                                if (now && words[1].equals("before"))
                                    Runtime.getRuntime().halt(137);
                                var reply = transport.send(request);
                                if (now) Runtime.getRuntime().halt(137);
                                return reply;
                            };
                }
            };
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
