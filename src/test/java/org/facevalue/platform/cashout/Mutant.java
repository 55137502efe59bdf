package org.facevalue.platform.cashout;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A planted bug: a patch to a copy of one source file, compiled and loaded apart from everything else.
 *
 * @param bug what is wrong, in words
 * @param file below {@code src}
 * @param right stands there exactly once
 * @param wrong what is put in its place
 */
record Mutant(String bug, String file, String right, String wrong) {

    @Override
    public String toString() {
        return bug;
    }

    /** The simulation as it runs with the bug. */
    Simulated planted(Path folder) throws IOException, ReflectiveOperationException {
        var source = Path.of("src").resolve(file);
        var text = Files.readString(source);
        if (text.split(java.util.regex.Pattern.quote(right), -1).length != 2)
            throw new AssertionError(file + " has not exactly once: " + right);
        var copy = folder.resolve("src").resolve(source.getFileName());
        var classes = folder.resolve("classes");
        Files.createDirectories(copy.getParent());
        Files.createDirectories(classes);
        Files.writeString(copy, text.replace(right, wrong));
        var path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-nowarn",
                                "-Xlint:none",
                                "-cp",
                                path,
                                "-d",
                                classes.toString(),
                                copy.toString());
        if (failed != 0) throw new AssertionError("a mutant has to compile: " + bug);
        var loader =
                new Apart(
                        new URL[] {
                            classes.toUri().toURL(), home(Simulation.class), home(CashOut.class)
                        });
        var run = loader.loadClass(Simulation.class.getName()).getMethod("run", long.class);
        return seed -> {
            var result = run.invoke(null, seed);
            var violations = result.getClass().getMethod("violations");
            violations.setAccessible(true);
            return ((List<?>) violations.invoke(result)).stream().map(String::valueOf).toList();
        };
    }

    /** One seed, run with a bug: what was violated. */
    interface Simulated {
        List<String> violations(long seed) throws ReflectiveOperationException;
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Loads all of our classes anew, the patched one before the others. */
    private static final class Apart extends URLClassLoader {
        Apart(URL[] places) {
            super(places, Mutant.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.facevalue.")) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
