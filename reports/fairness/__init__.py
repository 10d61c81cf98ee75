"""公平性分析: who is strict, how sure a place is, and what is worth a second look.

For the bureau alone; an inspector sees a page of their own.
"""
