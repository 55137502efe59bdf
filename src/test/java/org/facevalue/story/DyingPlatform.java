package org.facevalue.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.facevalue.platform.Platform;
import org.facevalue.platform.outside.Transport;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The platform's process with its ports wrapped: it can be told to die, as by kill -9, right before or right after its n-th request to a party, or to
 * stop, as by SIGSTOP, between an intention and its call.
 */
public final class DyingPlatform {
    private DyingPlatform() {}

    public static void main(String[] args) {
        new SpringApplicationBuilder(Platform.class, Wrapping.class).run(args);
    }

    /**
     * The file says {@code n before}, {@code n after}, or {@code STEP stop}; while it is not there, nothing is counted. Whichever process stops takes
     * the file away first, and writes down beside it what it sends after it wakes.
     */
    @Configuration(proxyBeanMethods = false)
    static class Wrapping {
        private static final ThreadLocal<Boolean> WOKEN = ThreadLocal.withInitial(() -> false);

        @Bean
        static BeanPostProcessor dying() throws IOException {
            var order = Path.of(System.getProperty("facevalue.die"));
            var sent = new AtomicInteger();
            var file = System.getProperty("facevalue.whereabouts");
            var whereabouts = file == null ? null : Whereabouts.in(Path.of(file));
            if (whereabouts != null) whereabouts.clear();
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof Transport transport) return dying(transport, order, sent);
                    if (bean instanceof DataSource database && whereabouts != null)
                        return whereabouts.watched(database);
                    for (var type : bean.getClass().getInterfaces())
                        if (type.getSimpleName().equals("Parties"))
                            return stopping(bean, type, order, whereabouts);
                        else if (type.getSimpleName().equals("PartyRows"))
                            return stoppingCodes(bean, type, order);
                    return bean;
                }
            };
        }

        private static Transport dying(Transport transport, Path order, AtomicInteger sent) {
            return request -> {
                boolean counts =
                        request.method().equals("POST")
                                && !request.uri().getPath().endsWith("/token");
                if (counts && WOKEN.get()) append(order.resolveSibling("sent-late"), request.uri());
                var words = counts ? words(order) : new String[0];
                boolean now =
                        words.length == 2
                                && !words[1].equals("stop")
                                && sent.incrementAndGet() == Integer.parseInt(words[0]);
                if (now && words[1].equals("before")) Runtime.getRuntime().halt(137);
                var reply = transport.send(request);
                if (now) Runtime.getRuntime().halt(137);
                return reply;
            };
        }

        private static Object stopping(
                Object parties, Class<?> type, Path order, Whereabouts whereabouts) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> {
                        // The port is its room's own.
                        method.setAccessible(true);
                        if (method.getName().equals("make")) {
                            var words = words(order);
                            if (words.length == 2
                                    && words[1].equals("stop")
                                    && arguments[1].toString().startsWith("Call[step=" + words[0])
                                    && Files.deleteIfExists(order)) stop();
                        }
                        try {
                            var made = method.invoke(parties, arguments);
                            boolean call =
                                    method.getName().equals("make")
                                            && arguments[1].toString().startsWith("Call[");
                            if (call && whereabouts != null) whereabouts.called();
                            return made;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        } finally {
                            WOKEN.set(false);
                        }
                    });
        }

        /** The customer's code is sent by no job: between its intention and its call the carrier is looked up. */
        private static Object stoppingCodes(Object rows, Class<?> type, Path order) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (proxy, method, arguments) -> {
                        method.setAccessible(true);
                        if (method.getName().equals("carrier") && isOfACode()) {
                            WOKEN.set(false);
                            if (String.join(" ", words(order)).equals("VALIDATE stop")
                                    && Files.deleteIfExists(order)) stop();
                        }
                        try {
                            return method.invoke(rows, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private static boolean isOfACode() {
            return StackWalker.getInstance()
                    .walk(
                            frames ->
                                    frames.anyMatch(
                                            f -> f.getClassName().endsWith(".CustomerCodes")));
        }

        private static void stop() throws IOException, InterruptedException {
            WOKEN.set(true);
            long pid = ProcessHandle.current().pid();
            new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();
            // The signal reaches the process within this moment; what follows is after SIGCONT.
            Thread.sleep(200);
        }
    }

    private static void append(Path file, Object line) {
        try {
            Files.writeString(
                    file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] words(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readString(file).strip().split(" ", -1)
                    : new String[0];
        } catch (NoSuchFileException e) {
            return new String[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
