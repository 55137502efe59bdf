package org.facevalue.platform.jurisdiction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a pack's folder and runs its cases, for who writes packs. */
public final class PackCheck {
    private PackCheck() {}

    /**
     * What the pack is, in a line.
     *
     * @throws BrokenPack with every fault that was found, each with its place
     */
    public static String check(Path folder) throws BrokenPack, IOException {
        var pack =
                PackReader.read(
                        name -> {
                            var file = folder.resolve(name);
                            return Files.exists(file) ? Files.newInputStream(file) : null;
                        });
        return "%s: %d rules, all cases as they say"
                .formatted(pack.id().shown(), pack.rules().size());
    }
}
