package org.facevalue;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;
import org.facevalue.platform.Platform;
import org.facevalue.platform.cashout.AftermathState;
import org.facevalue.platform.cashout.CashOutState;
import org.facevalue.platform.cashout.Edge;
import org.facevalue.platform.jurisdiction.BrokenPack;
import org.facevalue.platform.jurisdiction.PackCheck;
import org.facevalue.platform.wayout.WayOutEvent;
import org.facevalue.platform.wayout.WayOutState;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The walls of the house. */
class ModularityTest {
    private static final ApplicationModules ROOMS = ApplicationModules.of(Platform.class);
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.facevalue");

    @Test
    void the_rooms_import_only_what_their_front_doors_name_and_never_in_a_circle() {
        ROOMS.verify();
    }

    @Test
    void every_front_door_names_its_imports_and_none_that_it_does_not_need() {
        var superfluous = new TreeMap<String, TreeSet<String>>();
        for (var room : ROOMS) {
            var door = declared(room.getIdentifier().toString());
            assertThat(door).as("front door of %s", room.getIdentifier()).isNotNull();
            var unused = new TreeSet<>(Arrays.asList(door.allowedDependencies()));
            unused.removeAll(used(room.getIdentifier().toString()));
            if (!unused.isEmpty()) superfluous.put(room.getIdentifier().toString(), unused);
        }
        assertThat(superfluous).isEmpty();
    }

    @Test
    void platform_and_sandbox_know_nothing_of_each_other() {
        noClasses()
                .that()
                .resideInAPackage("..platform..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..sandbox..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..sandbox..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..platform..", "org.springframework..")
                .check(CLASSES);
    }

    @Test
    void what_checks_signatures_needs_the_jdk_only() {
        noClasses()
                .that()
                .resideInAPackage("org.facevalue.verify")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.facevalue.verify", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void the_door_has_no_spring_and_only_the_main_class_lives_at_the_house_s_root() {
        noClasses()
                .that()
                .resideInAPackage("org.facevalue.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "..sandbox..")
                .check(CLASSES);
        // The audit holds history against the state machines' own tables.
        noClasses()
                .that()
                .resideInAPackage("org.facevalue.cli")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("..platform..")
                                .and(
                                        not(
                                                belongToAnyOf(
                                                        CashOutState.class,
                                                        AftermathState.class,
                                                        Edge.class,
                                                        WayOutState.class,
                                                        WayOutState.Edge.class,
                                                        WayOutEvent.class,
                                                        PackCheck.class,
                                                        BrokenPack.class,
                                                        BrokenPack.Fault.class))))
                .check(CLASSES);
        assertThat(
                        CLASSES.stream()
                                .filter(c -> c.getPackageName().equals("org.facevalue.platform"))
                                .map(c -> c.getSimpleName()))
                .containsOnly("Platform", "package-info");
    }

    @Test
    void nobody_but_the_ledger_opens_a_transaction_around_a_posting() {
        noClasses()
                .that()
                .resideInAPackage("..platform..")
                .should()
                .beAnnotatedWith("org.springframework.transaction.annotation.Transactional")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("..platform..")
                .and()
                .resideOutsideOfPackage("..platform.journal")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(
                        "org.springframework.transaction.support.TransactionTemplate")
                .check(CLASSES);
    }

    static ApplicationModule declared(String room) {
        try {
            return Class.forName("org.facevalue.platform." + room + ".package-info")
                    .getAnnotation(ApplicationModule.class);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no front door: " + room, e);
        }
    }

    /** The rooms that classes of this one really use. */
    static TreeSet<String> used(String room) {
        var used = new TreeSet<String>();
        var prefix = "org.facevalue.platform.";
        for (var type : CLASSES)
            if ((type.getPackageName() + ".").startsWith(prefix + room + "."))
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    var other = dependency.getTargetClass().getPackageName();
                    if (other.startsWith(prefix))
                        used.add(other.substring(prefix.length()).split("\\.", 2)[0]);
                }
        used.remove(room);
        return used;
    }
}
