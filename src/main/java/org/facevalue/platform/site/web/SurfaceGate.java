package org.facevalue.platform.site.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Asks the rule packs before anything of cash-outs is shown, whatever the route would do next; and tells the pages that adapt what they said. */
@Component
class SurfaceGate implements HandlerInterceptor {
    private final Jurisdictions jurisdictions;
    private final Customers customers;

    SurfaceGate(Jurisdictions jurisdictions, Customers customers) {
        this.jurisdictions = jurisdictions;
        this.customers = customers;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod)) return true;
        var route =
                String.valueOf(
                        request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        var surface = Surface.of(route).orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
        if (surface == Surface.CASH_OUT
                && jurisdictions.show(residences()) instanceof Verdict.Refused no)
            throw NotLawful.problem(no);
        return true;
    }

    /** Where the reader lives, as far as anybody knows. */
    private Set<String> residences() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                        && authentication.getPrincipal() instanceof Caller caller
                        && caller.role() == Role.CUSTOMER
                ? customers.residences(new CustomerId(caller.subject()))
                : Set.of();
    }

    /** What the packs permit of ways out; nothing where nobody can be asked. */
    Map<String, List<Verdict.Citation>> permits() {
        try {
            return jurisdictions.permits();
        } catch (DataAccessException e) {
            return Map.of();
        }
    }

    boolean isOpen() {
        return verdict() instanceof Verdict.Permitted;
    }

    /** A page that needs nothing of the database is shown without it, and shows nothing that has to be permitted. */
    Verdict verdict() {
        try {
            return jurisdictions.show(residences());
        } catch (DataAccessException e) {
            return Verdict.Refused.noPack("operator");
        }
    }
}
