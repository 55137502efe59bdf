package org.facevalue.platform.site.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.facevalue.story.World;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What each route shows, and so what is asked before it is shown. */
class SurfaceTest {
    @Test
    void every_route_of_the_running_site_has_its_row_and_every_row_is_a_route() {
        var routes = new TreeSet<String>();
        World.get()
                .named("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(route -> routes.addAll(route.getPatternValues()));
        assertThat(routes).allSatisfy(route -> assertThat(Surface.of(route)).as(route).isPresent());
        assertThat(Surface.rows()).isEqualTo(routes);
    }
}
